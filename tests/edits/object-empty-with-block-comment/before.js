var config = { /* nothing */ };
