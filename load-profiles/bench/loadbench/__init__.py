"""The side-by-side bench of load clients; ../README.md says what is measured and how."""
