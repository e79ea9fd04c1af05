var config = {
	// The name.
	a: 'y',
	n: {
		b: 1,
		d: 2
	},
	c: 1,
	m: {
		e: 3
	}
};
