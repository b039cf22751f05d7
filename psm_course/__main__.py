"""`python -m psm_course`: the same as `psm`."""

from psm_course.cli.main import main

if __name__ == "__main__":
    main()
