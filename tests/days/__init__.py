"""Days told minute by minute in `told/*.txt`, lived on the real core, loop, companion, log and settings.

`told` reads the stories, `office` and `desktop` live them, `diary` writes down what came of it, and
`laws` judges it.
"""
