var config = { a: 1 /* two */ };
