// The packages that the application is built with are linked from the checkout.
export default { turbopack: { root: process.env.CHECKOUT }, outputFileTracingRoot: process.env.CHECKOUT };
