/** Which secrets of the host a definition names, of a VM, a pool or a volume. Their values stand nowhere in it. */
import type { XmlElement } from './document'

export interface SecretUse {
  readonly uuid?: string
  readonly usage?: string
}

export function readSecretUses(root: XmlElement): SecretUse[] {
  const stack = [root]
  const found: SecretUse[] = []
  for (let element = stack.pop(); element; element = stack.pop()) {
    stack.push(...element.children())
    if (element.name === 'secret') {
      const [uuid, usage] = [element.attribute('uuid'), element.attribute('usage')]
      found.push({
        ...(uuid === undefined ? {} : { uuid: uuid.toLowerCase() }),
        ...(usage === undefined ? {} : { usage }),
      })
    }
    // that of a TPM is an attribute
    const own = element.name === 'encryption' ? element.attribute('secret') : undefined
    if (own !== undefined) found.push({ uuid: own.toLowerCase() })
  }
  return found
}
