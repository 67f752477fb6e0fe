"""The law, rule by rule: tables with both sides of every boundary."""
