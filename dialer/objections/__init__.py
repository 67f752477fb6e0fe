"""The callee said no: hearing it, and putting it in force."""
