export const font = (size: number, weight = 400) =>
  `${weight} ${size}px system-ui, "Segoe UI", Roboto, sans-serif`;

export function clipped(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  draw();
  context.restore();
}

/** Corners that nobody can see cost more than the clip. */
export function fillClip(
  context: CanvasRenderingContext2D,
  color: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.fillStyle = color;
  if (width < 6) {
    context.fillRect(x, y, width, height);
    return;
  }
  roundedBox(context, x, y, width, height);
  context.fill();
}

const widths = new Map<string, number>();

function measure(context: CanvasRenderingContext2D, text: string): number {
  const key = context.font + text;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const width = context.measureText(text).width;
  if (widths.size > 20000) widths.clear();
  widths.set(key, width);
  return width;
}

export function shorten(context: CanvasRenderingContext2D, text: string, room: number): string {
  const width = measure(context, text);
  if (width <= room) return text;
  if (room <= 8) return '';
  const keep = Math.floor((text.length * (room - 8)) / width);
  return keep < 1 ? '' : `${text.slice(0, keep)}…`;
}

export function roundedBox(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
) {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(3, width / 2));
}

export function drawHatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
) {
  clipped(context, x, y, width, height, () => {
    context.strokeStyle = 'rgba(0, 0, 0, 0.5)';
    context.lineWidth = 2;
    context.beginPath();
    for (let offset = -height; offset < width; offset += 8) {
      context.moveTo(x + offset, y + height);
      context.lineTo(x + offset + height, y);
    }
    context.stroke();
  });
}
