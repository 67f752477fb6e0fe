"""Tests of dialer/objections."""
