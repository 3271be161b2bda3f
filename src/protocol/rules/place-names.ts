const STREET_WORD =
  /^\s+(?:[A-Z][\w'-]+\s+)?(?:road|street|lane|avenue|drive|close|grove|crescent|court|place|terrace|way|walk|hill|park|green|moss|wood|farm|bridge|brook|bank|house|hall|mews|island|corner|yard|row|square|end|gate|cottages?|point|cove|bay|lake|pond|kitchen|caf[eé]|arms|inn|tavern|brewery|bakery|bar)\b/i;

/** Whether what stands behind a capitalised word makes it the name of a place: "Cockshutt Lane", "Tory Island". */
export function makesAPlace(after: string): boolean {
  return STREET_WORD.test(after) && !/^\s+[a-z]/.test(after);
}
