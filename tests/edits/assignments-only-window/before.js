window.config.a = 1;
