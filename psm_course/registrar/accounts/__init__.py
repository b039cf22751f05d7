"""Use-cases about accounts: who may work at the desk."""
