import { useState } from 'react'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { NumberField } from '../../ui/NumberField'
import { ownQuality, type PictureQuality } from './picture-quality'

interface Props {
  readonly name: string
  readonly now: PictureQuality
  readonly onChange: (quality: PictureQuality) => void
  readonly onClose: () => void
}

const highest = 9

/** Both levels by number, for whoever knows the line better than a word does. */
export function QualityDialog({ name, now, onChange, onClose }: Props) {
  const [quality, setQuality] = useState<number | string | undefined>(now.quality)
  const [compression, setCompression] = useState<number | string | undefined>(now.compression)
  const isRight = isLevel(quality) && isLevel(compression)
  return (
    <Dialog
      title={`Picture quality of ${name}`}
      width={440}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={!isRight}
            onPress={() => {
              if (!isLevel(quality) || !isLevel(compression)) return
              onChange(ownQuality(quality, compression))
              onClose()
            }}
          >
            Use
          </Button>
        </>
      }
    >
      <NumberField
        label="Quality of pictures"
        value={quality}
        onChange={setQuality}
        min={0}
        max={highest}
        hint="0 sends the least, 9 comes closest to the guest’s screen"
        error={isLevel(quality) ? undefined : levelsText}
      />
      <NumberField
        label="Compression"
        value={compression}
        onChange={setCompression}
        min={0}
        max={highest}
        hint="0 is the least work for the host, 9 sends the least"
        error={isLevel(compression) ? undefined : levelsText}
      />
      <p className="field-hint">The VM’s VNC server may do as it likes with both.</p>
    </Dialog>
  )
}

const levelsText = `A level from 0 to ${highest}`

function isLevel(value: number | string | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= highest
}
