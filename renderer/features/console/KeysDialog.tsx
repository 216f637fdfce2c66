import { useState } from 'react'
import {
  changeConsoleKeys,
  heldKeys,
  isSameChord,
  maxChords,
  releaseKeys,
  useConsoleKeys,
  type Chord,
  type HeldKey,
} from '../../stores/console-keys'
import { Button, IconButton } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { TrashIcon } from '../../ui/icons/general'
import { Select } from '../../ui/Select'
import { KeyboardIcon } from './console-icons'
import { chordText, comboOf, heldKeyNames, namedKeys, type KeyCombo } from './keys'
import { releaseKeysText } from './release-keys'

interface Props {
  /** Why nothing can be sent now. */
  readonly notNow: string | undefined
  readonly onSend: (combo: KeyCombo) => void
  readonly onClose: () => void
}

const keyOptions = namedKeys.map(({ code, name }) => ({ id: code, label: name }))
const releaseOptions = releaseKeys.map((id) => ({ id, label: releaseKeysText[id] }))

/** Any combination, sent once, kept in the menu or kept from the guest; and the keys that give the keyboard back. */
export function KeysDialog({ notNow, onSend, onClose }: Props) {
  const { own, kept, release } = useConsoleKeys()
  const [held, setHeld] = useState<readonly HeldKey[]>(['ctrl', 'alt'])
  const [code, setCode] = useState('Delete')
  const chord: Chord = { held: heldKeys.filter((key) => held.includes(key)), code }
  const combo = comboOf(chord)
  return (
    <Dialog
      title="Keys"
      icon={KeyboardIcon}
      width={520}
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          Done
        </Button>
      }
    >
      <section className="keys-section" aria-label="Combination">
        <div className="keys-held" role="group" aria-label="Held keys">
          {heldKeys.map((key) => (
            <Checkbox
              key={key}
              isSelected={held.includes(key)}
              onChange={(isOn) => setHeld(isOn ? [...held, key] : held.filter((one) => one !== key))}
            >
              {heldKeyNames[key]}
            </Checkbox>
          ))}
        </div>
        <Select label="Key" value={code} options={keyOptions} onChange={setCode} />
        <div className="keys-actions">
          <Button
            disabledReason={notNow}
            onPress={() => {
              if (combo) onSend(combo)
            }}
          >
            Send {chordText(chord)}
          </Button>
          <Button
            disabledReason={whyNot(own, chord)}
            onPress={() => changeConsoleKeys({ own: [...own, chord] })}
          >
            Keep in the menu
          </Button>
          <Button
            disabledReason={whyNot(kept, chord)}
            onPress={() => changeConsoleKeys({ kept: [...kept, chord] })}
          >
            Never send
          </Button>
        </div>
      </section>
      <ChordList
        label="In the menu"
        empty="Nothing of your own yet."
        chords={own}
        onChange={(chords) => changeConsoleKeys({ own: chords })}
      />
      <ChordList
        label="Never sent to a guest"
        empty="A guest that has the keyboard gets every key."
        hint="These do what they do in this window, even while a guest has the keyboard."
        chords={kept}
        onChange={(chords) => changeConsoleKeys({ kept: chords })}
      />
      <Select
        label="Keys that release the keyboard"
        value={release}
        options={releaseOptions}
        onChange={(keys) => changeConsoleKeys({ release: keys })}
        hint="Pressed and let go by themselves, while a guest has the keyboard."
      />
    </Dialog>
  )
}

function whyNot(chords: readonly Chord[], chord: Chord): string | undefined {
  if (chords.some((one) => isSameChord(one, chord))) return `${chordText(chord)} is there already`
  return chords.length >= maxChords ? `There are ${maxChords} already` : undefined
}

function ChordList(props: {
  readonly label: string
  readonly empty: string
  readonly hint?: string
  readonly chords: readonly Chord[]
  readonly onChange: (chords: readonly Chord[]) => void
}) {
  const { label, empty, hint, chords, onChange } = props
  return (
    <section className="keys-section" aria-label={label}>
      <h3 className="field-label">{label}</h3>
      {chords.length === 0 ? (
        <p className="field-hint">{empty}</p>
      ) : (
        <ul className="keys-list">
          {chords.map((chord) => (
            <li key={chordText(chord)}>
              <kbd>{chordText(chord)}</kbd>
              <IconButton
                icon={TrashIcon}
                label={`Remove ${chordText(chord)}`}
                className="button-small"
                onPress={() => onChange(chords.filter((one) => !isSameChord(one, chord)))}
              />
            </li>
          ))}
        </ul>
      )}
      {hint === undefined || chords.length === 0 ? null : <p className="field-hint">{hint}</p>}
    </section>
  )
}
