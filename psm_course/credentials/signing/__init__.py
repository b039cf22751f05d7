"""Keys, and the proofs made with them."""
