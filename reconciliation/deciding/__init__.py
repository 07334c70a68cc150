"""How decisions are carried out: the journal (work.py), one transaction (transaction.py), a module an answer."""
