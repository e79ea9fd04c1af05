var config = { };
