/** As large as the server makes its pictures. */
const SCALE = 2;

/** A picture as PNG, in base64, in the fonts that the page has; nothing where the browser will not, because it is too large. */
export async function painted(svg: string): Promise<string | undefined> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    return undefined;
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [kind, content] = canvas.toDataURL('image/png').split(';base64,');
  return kind === 'data:image/png' && content ? content : undefined;
}
