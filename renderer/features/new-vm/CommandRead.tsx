import type { ReadQemuCommand } from '../../../shared/model/new-vm/qemu-command'
import { optionLines } from '../../../shared/model/vm-command'
import { shellWord } from '../../../shared/shell-word'
import { Button } from '../../ui/Button'

interface Props {
  readonly read: ReadQemuCommand
  readonly onEdit: () => void
}

/** What became of a command: the hardware it comes to, what was changed, and what no form has. */
export function CommandRead({ read: { hardware, told, kept, source }, onEdit }: Props) {
  return (
    <div className="nv-command-read">
      <section className="nv-card" aria-label="Understood">
        <header className="nv-card-head">
          <h3>Understood</h3>
          <span className="secondary">
            {source === 'config' ? 'from a file of -readconfig' : 'from the command'}
          </span>
          <Button variant="quiet" className="button-small" onPress={onEdit}>
            Edit as a definition…
          </Button>
        </header>
        <ul className="nv-command-hardware">
          {hardware.map(({ title, summary }, at) => (
            // two devices may be called alike
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              <span>{title}</span>
              {summary === undefined ? null : <span className="secondary">{summary}</span>}
            </li>
          ))}
        </ul>
      </section>
      <section className="nv-card" aria-label="Changed or left out">
        <h3>Changed or left out</h3>
        {told.length === 0 ? (
          <p className="secondary">Nothing: the VM is what the command says.</p>
        ) : (
          <ul className="nv-command-told">
            {told.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {kept.length === 0 ? null : (
          <>
            <h3>Goes to QEMU as it is</h3>
            <p className="secondary">No form has these. They are on the page “Emulator command line”.</p>
            <ul className="nv-command-kept selectable">
              {optionLines(kept).map((words, at) => (
                // an option may be there twice
                // oxlint-disable-next-line react/no-array-index-key
                <li key={at}>
                  <code>{words.map(shellWord).join(' ')}</code>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  )
}
