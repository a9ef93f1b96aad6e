with

landed as (
    {{ live_rows('_columns') }}
),

final as (
    select distinct
        import_id,
        file_name,
        sheet_name,
        dataset,
        field
    from landed
)

select * from final
