"""Long work as rows with leases: claimed by conditional update, found and run again after a kill."""
