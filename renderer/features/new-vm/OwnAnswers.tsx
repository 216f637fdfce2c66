import { useRef, useState, type ChangeEvent } from 'react'
import { Button } from '../../ui/Button'
import { TextArea } from '../../ui/TextArea'

/** No file of answers is near it. */
const maxBytes = 512 * 1024

interface Props {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly error: string | undefined
}

/** Pasted, or read from this computer. */
export function OwnAnswers({ text, onChange, error }: Props) {
  const picker = useRef<HTMLInputElement>(null)
  const [failure, setFailure] = useState<string>()
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return
    try {
      if (file.size > maxBytes)
        setFailure(`${file.name} is longer than 512 KiB, so it is no file of answers.`)
      else {
        onChange(await file.text())
        setFailure(undefined)
      }
    } catch {
      setFailure(`${file.name} could not be read. Check whether you may open it.`)
    }
  }
  return (
    <>
      <TextArea
        label="File"
        value={text}
        onChange={onChange}
        rows={9}
        isMono
        hint="Taken as it is. A password in it is stored as you write it."
        error={failure ?? error}
      />
      <div className="nv-line">
        <Button onPress={() => picker.current?.click()}>Open a file…</Button>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label="File with answers of this computer"
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            const [file] = event.target.files ?? []
            void read(file)
            // the same file once more, after it was mended
            event.target.value = ''
          }}
        />
      </div>
    </>
  )
}
