"""What is kept, and its words: values, tables, queries, and the one door for transactions."""
