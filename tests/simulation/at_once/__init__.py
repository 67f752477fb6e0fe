"""Eight dialers on one person's lines while that person says no: at a random moment, and in each gap."""
