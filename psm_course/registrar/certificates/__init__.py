"""Use-cases about certificates: completion records: issued, corrected, printed, published, verified."""
