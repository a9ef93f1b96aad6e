with

landed as (
    {{ live_rows('_columns') }}
),

final as (
    select
        import_id,
        file_name,
        sheet_name,
        dataset,
        field,
        string_agg(distinct column_name, '、' order by column_name) as column_name
    from landed
    group by import_id, file_name, sheet_name, dataset, field
)

select * from final
