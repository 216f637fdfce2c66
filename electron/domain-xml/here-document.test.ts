import { expect, it } from 'vitest'
import { hereDocument, hereDocuments } from './here-document'

it('a here-document ends at its own mark only', () => {
  expect(hereDocument('virsh net-define', '<network/>\n')).toBe(
    "virsh net-define /dev/stdin <<'EOF'\n<network/>\nEOF",
  )
  expect(hereDocument('virsh define', '<a>\nEOF\n</a>\n')).toBe(
    "virsh define /dev/stdin <<'EOF_'\n<a>\nEOF\n</a>\nEOF_",
  )
})

it('two texts are two files, each up to a mark of its own', () => {
  expect(hereDocuments('virsh backup-begin web', ['<one/>', '<two/>\n'])).toBe(
    ["virsh backup-begin web /dev/fd/3 /dev/fd/4 3<<'EOF' 4<<'EOF_'", '<one/>', 'EOF', '<two/>', 'EOF_'].join(
      '\n',
    ),
  )
})
