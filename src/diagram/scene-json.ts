import type { Scene } from './scene.ts'; export const sceneJson = (scene: Scene): unknown => scene.width;
