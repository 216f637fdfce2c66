/** A small map as YAML; what a user typed stands in it as quoted scalars only. */
type YamlValue = string | number | boolean | readonly YamlValue[] | YamlMap
export interface YamlMap {
  readonly [key: string]: YamlValue
}

/** Keys are ours and plain words. */
export function yaml(map: YamlMap, indent = ''): string {
  return Object.entries(map)
    .map(([key, value]) => `${indent}${key}:${member(value, indent)}`)
    .join('')
}

function member(value: YamlValue, indent: string): string {
  if (typeof value !== 'object') return ` ${scalar(value)}\n`
  if (!isList(value)) return `\n${yaml(value, `${indent}  `)}`
  return `\n${value.map((one) => `${indent}  -${item(one, `${indent}    `)}`).join('')}`
}

/** A map begins on the line of its dash. */
function item(value: YamlValue, indent: string): string {
  if (typeof value !== 'object' || isList(value)) return member(value, indent)
  return ` ${yaml(value, indent).slice(indent.length)}`
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value)
}

/** In double quotes, where nothing has a meaning but the backslash (YAML 1.2, 7.3.1), and all but plain ASCII escaped. */
function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  const inside = Array.from(value, (sign) => {
    if (sign === '"' || sign === '\\') return `\\${sign}`
    if (/^[ -~]$/.test(sign)) return sign
    const hex = (sign.codePointAt(0) ?? 0).toString(16)
    return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
  })
  return `"${inside.join('')}"`
}
