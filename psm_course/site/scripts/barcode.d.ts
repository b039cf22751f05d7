// Not yet among TypeScript's own: https://wicg.github.io/shape-detection-api/ (Chrome on Android).
declare class BarcodeDetector {
  constructor(options: {formats: string[]});
  detect(picture: ImageBitmapSource): Promise<{rawValue: string}[]>;
}
