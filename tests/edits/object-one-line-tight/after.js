var config={a:3,b:2, c: 'x'};
