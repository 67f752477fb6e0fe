"""What `ringfence doctor` looks at: one file a subject, each answer with what to do about it."""
