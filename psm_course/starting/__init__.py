"""Makes the course folder of a new office: a copy of the course in this package, for any city."""
