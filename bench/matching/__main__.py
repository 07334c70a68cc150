from bench.matching.report import main

if __name__ == "__main__":
    main()
