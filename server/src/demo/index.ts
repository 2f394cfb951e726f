/**
 * demo: a living example company, and the world around it.
 *
 * In:     `npm start -- --demo`
 * Out:    a workspace with its past; a world that takes our letters and writes new ones by real SMTP
 * Owns:   no table; demo.json in the data folder
 * Never:  runs without --demo, or speaks to a machine other than this one
 */
export { demoRoutes } from './routes.ts';
export { type SeedNeeds, seedDemo } from './seed-demo.ts';
export { type DemoWorld, startDemoWorld } from './world/start-demo-world.ts';
