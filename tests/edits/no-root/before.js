var other = {};
