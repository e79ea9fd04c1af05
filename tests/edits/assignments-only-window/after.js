window.config.a = 1;
window.config.b = 2;
