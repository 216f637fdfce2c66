import type { NewNic } from '../../../shared/model/new-vm/new-vm'

/** What a card is plugged into. */
export function nicText({ source }: NewNic): string {
  switch (source.kind) {
    case 'user':
      return 'User network'
    case 'direct':
      return `Interface ${source.interface}`
    case 'bridge':
      return `Bridge ${source.name}`
    case 'network':
      return `Network ${source.name}`
  }
}
