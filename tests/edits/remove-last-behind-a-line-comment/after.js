var config = { // one
     };
