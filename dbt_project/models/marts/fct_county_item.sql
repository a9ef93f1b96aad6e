with

figures as (
    select * from {{ ref('stg_county_items') }}
),

final as (
    select
        school_year,
        item_code,
        field,
        value,
        statement,
        evidence,
        import_id,
        file_name,
        sheet_name,
        source_row as row_number
    from figures
)

select * from final
