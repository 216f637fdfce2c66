import { useMemo, useState } from 'react'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Dialog } from '../../../ui/Dialog'
import { Note } from '../../../ui/Note'
import { Segmented } from '../../../ui/Segmented'
import { Select } from '../../../ui/Select'
import { TextArea } from '../../../ui/TextArea'
import { TextField } from '../../../ui/TextField'
import { KeyboardIcon } from '../console-icons'
import { layoutChoices, layoutOf, type Stroke } from './layout'
import { paces, type Pace } from './pace'
import { nameOfCharacter, planTyping } from './plan'

export interface TypingChoice {
  readonly layout: string
  readonly pace: Pace
}

interface Props {
  readonly vmName: string
  /** Begin with this text. */
  readonly text: string
  readonly choice: TypingChoice
  readonly onClose: () => void
  readonly onType: (characters: readonly (readonly Stroke[])[], choice: TypingChoice) => void
}

/** Asks for text and types it into the guest, key by key, for a guest that shares no clipboard. */
export function TypeTextDialog({ vmName, text: begin, choice, onClose, onType }: Props) {
  const [text, setText] = useState(begin)
  const [layout, setLayout] = useState(choice.layout)
  const [pace, setPace] = useState(choice.pace)
  const [isSecret, setSecret] = useState(false)
  const [endsWithEnter, setEndsWithEnter] = useState(false)
  const plan = useMemo(() => {
    const found = layoutOf(layout)
    return found && planTyping(endsWithEnter ? `${text}\n` : text, found)
  }, [text, layout, endsWithEnter])
  const count = plan?.characters.length ?? 0
  const isNothing = text === '' || count === 0

  const submit = (): void => {
    if (plan && !isNothing) onType(plan.characters, { layout, pace })
  }
  return (
    <Dialog
      title={`Type text into ${vmName}`}
      icon={KeyboardIcon}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={isNothing} keepsFocus>
            {plan && plan.missing.length > 0 ? 'Type the rest' : 'Type'}
          </Button>
        </>
      }
    >
      {isSecret ? (
        <TextField label="Text" type="password" value={text} onChange={setText} isMono autoFocus />
      ) : (
        <TextArea label="Text" rows={5} value={text} onChange={setText} isMono autoFocus />
      )}
      <Checkbox
        isSelected={isSecret}
        onChange={(isOn) => {
          // what was hidden is not shown by a click
          if (!isOn) setText('')
          setSecret(isOn)
        }}
      >
        Hide the text, for a password
      </Checkbox>
      <Checkbox isSelected={endsWithEnter} onChange={setEndsWithEnter}>
        Press Enter at the end
      </Checkbox>
      <Select
        label="Keyboard layout of the guest"
        value={layout}
        options={layoutChoices}
        onChange={setLayout}
        hint="As it is set inside the guest: keys are sent by their place, and the guest decides what they mean."
      />
      <Segmented label="Speed" value={pace} segments={paces} onChange={setPace} />
      {plan && plan.missing.length > 0 ? (
        <Note tone="warning" title={missingTitle(plan.missing.length)}>
          <p>
            {isSecret ? null : (
              <>
                {plan.missing.slice(0, 12).map(nameOfCharacter).join(', ')}
                {plan.missing.length > 12 ? ' …' : ''}.{' '}
              </>
            )}
            They are left out.
          </p>
        </Note>
      ) : null}
    </Dialog>
  )
}

function missingTitle(count: number): string {
  return count === 1
    ? 'One character is not on this keyboard layout'
    : `${count} characters are not on this keyboard layout`
}
