export async function worker() { return { passed: 0, failed: 0 }; }
