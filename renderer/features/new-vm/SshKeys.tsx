import { keyLines } from '../../../shared/model/new-vm/cloud-wish'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { Button } from '../../ui/Button'
import { MenuButton } from '../../ui/Menu'
import { TextArea } from '../../ui/TextArea'
import { keysError } from './cloud-errors'

interface Props {
  /** One a line. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

/** Keys that let the user in: pasted, or those of this computer. */
export function SshKeys({ value, onChange, error }: Props) {
  const mine = useAnswer('public keys', () => api.files.publicKeys()).value ?? []
  const there = new Set(keyLines(value))
  const add = (line: string): void => onChange([...keyLines(value), line].join('\n'))
  return (
    <>
      <TextArea
        label="SSH keys"
        value={value}
        onChange={onChange}
        rows={3}
        isMono
        placeholder="Public keys, one a line: ssh-ed25519 AAAA…"
        error={keysError(value) ?? error}
      />
      {mine.length === 0 ? null : (
        <div className="nv-line">
          <MenuButton
            label="Keys of this computer"
            entries={mine.map(({ name, line }) => ({
              id: name,
              label: [name, line.split(' ').slice(2).join(' ')].filter((part) => part !== '').join(', '),
              disabledReason: there.has(line) ? 'It is there already' : undefined,
              run: () => add(line),
            }))}
          >
            <Button>Add a key of this computer</Button>
          </MenuButton>
        </div>
      )}
    </>
  )
}
