"""What the law says: dated figures and small pure rules that cite it."""
