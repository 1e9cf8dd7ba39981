import { useMutation } from '@tanstack/react-query';
import type { MouseEvent } from 'react';
import { Failure } from './Feedback';
import { getBlob } from './http';

interface DownloadProps {
  path: string;
  fileName: string;
  children: string;
}

/** A real link, so that it can be copied; followed here, so that a refusal is told in words instead of saved as a file. */
export function Download({ path, fileName, children }: DownloadProps) {
  const download = useMutation({
    mutationFn: () => getBlob(path),
    onSuccess: (blob) => save(blob, fileName),
  });
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    download.mutate();
  };
  return (
    <>
      <a className="button" href={`/api/v1${path}`} download={fileName} onClick={onClick}>
        {children}
      </a>
      {download.error && <Failure what={`${fileName} was not downloaded.`} error={download.error} />}
    </>
  );
}

function save(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser reads the address after the click returns.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
