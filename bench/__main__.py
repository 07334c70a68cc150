"""`python -m bench` is `python bench/import_speed.py`."""

from bench.import_speed import main

if __name__ == "__main__":
    main()
