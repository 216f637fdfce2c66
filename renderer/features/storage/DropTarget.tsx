import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { classNames } from '../../ui/class-names'
import { UploadIcon } from '../../ui/icons/storage'

interface Props {
  readonly hint: string
  /** Why nothing can be uploaded here; said while something hovers over it. */
  readonly whyNot: string | undefined
  readonly onFiles: (files: readonly File[]) => void
  readonly children: ReactNode
}

/** Files dropped from the desktop are uploaded. */
export function DropTarget({ hint, whyNot, onFiles, children }: Props) {
  const [isOver, setOver] = useState(false)
  // entering a child leaves its parent: only when as many were left as entered, the pointer is out
  const depth = useRef(0)
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')
  const end = (): void => {
    depth.current = 0
    setOver(false)
  }
  return (
    // files can be uploaded by keyboard with the button above
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="drop-target"
      onDragEnter={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        depth.current += 1
        setOver(true)
      }}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = whyNot === undefined ? 'copy' : 'none'
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return
        depth.current -= 1
        if (depth.current <= 0) end()
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        end()
        if (whyNot === undefined) onFiles([...event.dataTransfer.files])
      }}
    >
      {children}
      {isOver ? (
        <div className={classNames('drop-hint', whyNot !== undefined && 'drop-hint-off')} aria-hidden="true">
          <UploadIcon size={22} />
          <span>{whyNot ?? hint}</span>
        </div>
      ) : null}
    </div>
  )
}
