// The few figures that stand for many.

export function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How far the values lie apart: the largest less the smallest, as a share of the median. */
export function spread(values) {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}
