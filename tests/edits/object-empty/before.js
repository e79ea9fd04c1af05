var config = {};
