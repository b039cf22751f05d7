// Ours: what we use, after the package's own index.d.ts (which declares a module by name, not by file).
interface Mode {}
export const mode: {ascii: Mode; utf8: Mode};
export const correction: {L: number; M: number; Q: number; H: number};
export function generate(text: string, options: {
  modes?: Mode[]; minCorrectionLevel?: number; maxCorrectionLevel?: number; minVersion?: number; maxVersion?: number;
}): {size: number; get(x: number, y: number): boolean};
