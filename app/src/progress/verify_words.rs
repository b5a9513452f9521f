//! The texts of the page that verifies documents.

use crate::words;

words! {
    pub VerifyWords {
        title: "证照查验" | "Verify a document",
        ask: "查验码" | "Verification code",
        check: "查验" | "Verify",
        where_it_is: "印在证照下方，二维码旁边。" | "The code is at the foot of the document, beside the QR code.",
        genuine: "真实有效" | "Genuine",
        genuine_says: "这份文件由本系统所列机关发出，未被撤销。请核对下列内容与文件一致。" |
            "Issued by the authority below and not revoked. Check that the details below match the document.",
        revoked: "已撤销" | "Revoked",
        revoked_says: "这份文件已于 {day} 撤销，不再有效。" |
            "This document was revoked on {day} and is no longer valid.",
        unknown: "查无此件" | "Not found",
        unknown_says: "没有发出过这样的文件。请核对查验码；如有疑问，请向发证机关询问。" |
            "No such document was issued. Check the code. If in doubt, ask the authority.",
        document: "文件" | "Document",
        matter: "事项" | "Matter",
        issuer: "发证机关" | "Issued by",
        issued_on: "发证日期" | "Issued on",
    }
}
